"""The pages of filling in, one module per screen; each opens its page through `pages.open_page`."""
