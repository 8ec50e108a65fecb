/**
 * Returns a function that asks for `draw`: however often it is called, `draw` runs at most once per animation frame, and
 * not at all while the page is hidden. What was asked for then is drawn when the page is shown again.
 */
export function oncePerFrame(draw: () => void): () => void {
  let wanted = false;
  let requested = false;
  const request = () => {
    if (requested || document.hidden) return;
    requested = true;
    requestAnimationFrame(() => {
      requested = false;
      if (!wanted || document.hidden) return;
      wanted = false;
      draw();
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (wanted) request();
  });
  return () => {
    wanted = true;
    request();
  };
}
