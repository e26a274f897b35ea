// The quick exit: the link, or Escape three times, leaves at once and leaves no way back.
(() => {
  const link = document.querySelector(".exit a");
  if (!link) return;
  const patience = 2000;
  let pressed = [];
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = link.host;
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      pressed = [];
      return;
    }
    // Escape also tells a browser to stop loading, which would keep the reader here.
    event.preventDefault();
    if (event.repeat) return;
    pressed = pressed.filter((at) => event.timeStamp - at < patience);
    pressed.push(event.timeStamp);
    if (pressed.length > 2) leave();
  });
})();
