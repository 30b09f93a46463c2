// Lets the browser ask for a passkey when a form marked data-passkey ("create" or "get") is sent, and puts the answer in
// its field `credential`. The server speaks of bytes as base64url, the browser as buffers.
export function attachPasskeys(root) {
  if (!window.PublicKeyCredential) {
    return;
  }
  for (const form of root.querySelectorAll("form[data-passkey]")) {
    const problem = form.querySelector("[data-passkey-problem]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const options = readOptions(JSON.parse(form.dataset.passkeyOptions).publicKey);
        const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: options });
        form.elements.credential.value = JSON.stringify(describe(credential));
        form.submit();
      } catch {
        // Refused, not recognised or taking too long: the browser does not say which.
        problem.hidden = false;
      }
    });
  }
}

function readOptions(options) {
  const withBytes = (list) => list?.map((item) => ({ ...item, id: toBytes(item.id) }));
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: withBytes(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: withBytes(options.allowCredentials) }),
  };
}

function describe(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

function toBytes(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.codePointAt(0));
}

function toText(buffer) {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCodePoint(byte)).join("");
  return btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
