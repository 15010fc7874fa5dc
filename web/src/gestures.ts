// How the map is moved: by mouse and wheel, by keys where it has the focus, by two fingers where a page is scrolled with one.
import type { Condition } from "ol/events/condition.js";
import { noModifierKeys, platformModifierKeyOnly } from "ol/events/condition.js";
import DoubleClickZoom from "ol/interaction/DoubleClickZoom.js";
import DragPan from "ol/interaction/DragPan.js";
import DragZoom from "ol/interaction/DragZoom.js";
import type Interaction from "ol/interaction/Interaction.js";
import KeyboardPan from "ol/interaction/KeyboardPan.js";
import KeyboardZoom from "ol/interaction/KeyboardZoom.js";
import MouseWheelZoom from "ol/interaction/MouseWheelZoom.js";
import PinchZoom from "ol/interaction/PinchZoom.js";
import Kinetic from "ol/Kinetic.js";
import { element } from "./dom.ts";
import { wantsStillness } from "./theme.ts";
import { words } from "./words.ts";

/** Pixels that an arrow key moves the map. */
const STEP = 100;
/** Milliseconds for which it is said how to move the map. */
const SAID = 1500;

/** Whether the reader points with a finger, who must be able to scroll past the map. */
function byFinger(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

export function gestures(container: HTMLElement): Interaction[] {
  const duration = wantsStillness() ? 0 : 200;
  const focused: Condition = ({ originalEvent }) => originalEvent.target === container;
  const careful = byFinger();
  const pan: DragPan = new DragPan({
    condition: (event) => noModifierKeys(event) && (!careful || pan.getPointerCount() === 2 || (event.originalEvent as PointerEvent).pointerType === "mouse"),
    ...(wantsStillness() ? {} : { kinetic: new Kinetic(-0.005, 0.05, 100) }),
  });
  if (careful) sayHow(container);
  return [
    new DoubleClickZoom({ duration }),
    pan,
    new PinchZoom({ duration }),
    new KeyboardPan({ condition: (event) => focused(event) && noModifierKeys(event), pixelDelta: STEP, duration }),
    new KeyboardZoom({ condition: focused, duration }),
    new MouseWheelZoom({ duration, ...(careful ? { condition: platformModifierKeyOnly } : {}) }),
    new DragZoom({ duration }),
  ];
}

/** Says for a moment how the map is moved, where one finger or the wheel alone scrolls the page. */
function sayHow(container: HTMLElement): void {
  const said = element("p", { className: "map-how", ariaHidden: "true" });
  let until = 0;
  const say = (text: string): void => {
    said.textContent = text;
    said.classList.add("is-said");
    window.clearTimeout(until);
    until = window.setTimeout(() => said.classList.remove("is-said"), SAID);
  };
  container.append(said);
  container.addEventListener("touchmove", ({ touches }) => touches.length === 1 && say(words.twoFingers), { passive: true });
  container.addEventListener("wheel", ({ ctrlKey, metaKey }) => !ctrlKey && !metaKey && say(words.ctrlScroll), { passive: true });
}
