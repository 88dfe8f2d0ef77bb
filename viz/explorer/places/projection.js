// Degrees → pixels: equidistant cylindrical, true along the middle latitude (Snyder 1987, Map Projections, USGS PP 1395, § 12).
//
// A home is what the picture shows at first, {west, south, east, north}; a view is {lon, lat, zoom}, its middle and how many times
// larger than at home.
"use strict";

const placesProjection = (() => {
  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
  const SMALLEST = 0.2, MARGIN = 0.06, TALLEST = 540, CHINA = { west: 73, south: 18, east: 135, north: 54 };

  // What all positions need, with a margin; a user's own map if there is one.
  function homeOf(positions, bounds) {
    if (bounds) return widened(bounds, 0.02);
    if (!positions.length) return CHINA;
    const lons = positions.map(([lon]) => lon), lats = positions.map(([, lat]) => lat);
    return widened({ west: Math.min(...lons), east: Math.max(...lons), south: Math.min(...lats), north: Math.max(...lats) }, MARGIN);
  }
  function widened({ west, south, east, north }, part) {
    const more = Math.max(SMALLEST, part * Math.max(east - west, north - south));
    return { west: west - more, south: south - more, east: east + more, north: north + more };
  }

  function of(home, view, width, height) {
    const squeeze = Math.cos(((home.south + home.north) / 2) * (Math.PI / 180));
    const scale = view.zoom * Math.min(width / ((home.east - home.west) * squeeze), height / (home.north - home.south));
    return {
      x: (lon) => width / 2 + (lon - view.lon) * squeeze * scale,
      y: (lat) => height / 2 - (lat - view.lat) * scale,
      lon: (x) => view.lon + (x - width / 2) / (squeeze * scale),
      lat: (y) => view.lat - (y - height / 2) / scale,
      across: squeeze * scale, down: scale, // pixels of a degree
    };
  }
  const height = (home, width) => {
    const squeeze = Math.cos(((home.south + home.north) / 2) * (Math.PI / 180));
    return Math.round(Math.min(Math.max(width * (home.north - home.south) / ((home.east - home.west) * squeeze), width * 0.45), Math.min(width * 0.95, TALLEST)));
  };

  // Where lines of the net stand between two degrees, about `wanted` pixels apart.
  function lines(from, to, pixels, wanted = 90) {
    const step = STEPS.findLast((one) => one * pixels >= wanted) ?? STEPS[0];
    const digits = Math.max(0, Math.ceil(-Math.log10(step)));
    const found = [];
    for (let i = Math.ceil(from / step); i * step <= to; i++) found.push([i * step, (Math.abs(i * step)).toFixed(digits)]);
    return found;
  }
  return { homeOf, of, height, lines };
})();
