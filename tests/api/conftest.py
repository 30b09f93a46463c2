import pytest


@pytest.fixture
def read(client):
    """The JSON of an address under the API, which has to answer 200."""

    def read_json(address, **parameters):
        response = client.get(f"/api/v1/{address}", parameters)
        assert response.status_code == 200, response.content
        return response.json()

    return read_json
