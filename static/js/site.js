// Attaches every behaviour to the elements that ask for it with a data- attribute.
// The site works without any of them.
import { attachAutosave } from "./autosave.js";
import { attachAutosubmit } from "./autosubmit.js";
import { attachCoding } from "./coding.js";
import { attachErrorSummary } from "./error-summary.js";
import { attachFormAutosave } from "./form-autosave.js";
import { attachPasskeys } from "./passkey.js";
import { attachPreview } from "./preview.js";
import { attachProgress } from "./progress.js";
import { attachRedaction } from "./redaction.js";
import { attachReorder } from "./reorder.js";
import { attachRouting } from "./routing.js";
import { attachSwap } from "./swap.js";
import { attachTileMaps } from "./tile-map.js";
import { attachUnsavedWarning } from "./unsaved.js";

attachRouting(document);
attachAutosave(document);
attachFormAutosave(document);
attachAutosubmit(document);
attachUnsavedWarning(document);
attachProgress(document);
attachPasskeys(document);
attachErrorSummary(document);
attachTileMaps(document);
attachCoding(document);
attachRedaction(document);
attachSwap(document);
attachReorder(document);
attachPreview(document);
