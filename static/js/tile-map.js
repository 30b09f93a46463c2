// Makes a tile map (templates/components/tile_map.html) one stop for Tab: the arrow keys walk from
// square to square. What the square says stands under the map, for who sees no tooltip.
const DIRECTIONS = {
  ArrowLeft: { column: -1, row: 0 },
  ArrowRight: { column: 1, row: 0 },
  ArrowUp: { column: 0, row: -1 },
  ArrowDown: { column: 0, row: 1 },
};
// A step aside weighs more than a step ahead, so that a walk stays in its row or column where it can.
const WEIGHT_ASIDE = 3;

function findNext(tile, tiles, { column, row }) {
  let next = null;
  let shortest = Infinity;
  for (const other of tiles) {
    const columns = other.dataset.column - tile.dataset.column;
    const rows = other.dataset.row - tile.dataset.row;
    const ahead = columns * column + rows * row;
    const aside = Math.abs(columns * row) + Math.abs(rows * column);
    const distance = ahead + WEIGHT_ASIDE * aside;
    if (ahead > 0 && distance < shortest) {
      next = other;
      shortest = distance;
    }
  }
  return next;
}

function attachTileMap(map) {
  const tiles = [...map.querySelectorAll("[data-column]")];
  const readout = map.querySelector("[data-tile-map-readout]");
  const show = (event) => {
    const tile = event.target.closest("[data-column]");
    if (tile) {
      readout.textContent = tile.getAttribute("aria-label");
    }
  };
  const makeStop = (stop) => {
    for (const tile of tiles) {
      tile.setAttribute("tabindex", tile === stop ? "0" : "-1");
    }
  };

  readout.hidden = false;
  makeStop(tiles[0]);
  map.addEventListener("pointerover", show);
  map.addEventListener("focusin", (event) => {
    show(event);
    const tile = event.target.closest("[data-column]");
    if (tile) {
      makeStop(tile);
    }
  });
  map.addEventListener("keydown", (event) => {
    const tile = event.target.closest("[data-column]");
    const direction = DIRECTIONS[event.key];
    if (tile && direction && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      findNext(tile, tiles, direction)?.focus();
    }
  });
}

export function attachTileMaps(root) {
  for (const map of root.querySelectorAll("[data-tile-map]")) {
    attachTileMap(map);
  }
}
