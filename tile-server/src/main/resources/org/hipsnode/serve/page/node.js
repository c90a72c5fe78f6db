// Shows the surveys of the list in Aladin Lite; without it, or without script, the list still leads to each survey.
const note = document.getElementById("note");
const links = [...document.querySelectorAll(".survey")];

function survey(link) {
  const { ra, dec, fov, frame, format } = link.dataset;
  return { url: new URL(link.getAttribute("href"), location.href).href.replace(/\/$/, ""), ra, dec, fov, frame, format };
}

function show(aladin, A, link) {
  const { url, ra, dec, fov, frame, format } = survey(link);
  aladin.setBaseImageLayer(A.imageHiPS(url, format ? { imgFormat: format } : {}));
  aladin.setFrame(frame === "galactic" ? "galactic" : "ICRS");
  aladin.gotoRaDec(Number(ra), Number(dec));
  aladin.setFoV(Number(fov));
  links.forEach(other => other.toggleAttribute("aria-current", other === link));
  document.getElementById("sky").dataset.survey = url;
}

async function start() {
  if (!links.length) {
    note.textContent = "no survey here yet: make one with hipsnode generate";
    return;
  }
  const { default: A } = await import(document.body.dataset.viewer);
  await A.init;
  const first = survey(links[0]);
  const aladin = A.aladin("#sky", {
    survey: first.url,
    fov: Number(first.fov),
    cooFrame: first.frame === "galactic" ? "galactic" : "ICRS",
    showCooGridControl: true,
    showSettingsControl: true,
    log: false,
  });
  // a target given above would count in the frame shown, not in ICRS
  aladin.gotoRaDec(Number(first.ra), Number(first.dec));
  links[0].toggleAttribute("aria-current", true);
  document.getElementById("sky").dataset.survey = first.url;
  for (const link of links) {
    link.addEventListener("click", event => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        show(aladin, A, link);
      }
    });
  }
  window.hipsnode = { aladin };
}

start().catch(() => {
  note.textContent = "the viewer cannot be loaded from " + document.body.dataset.viewer + "; each survey's link leads to its files";
});
