// Gestures that move the map: mouse and wheel, keys while it has the focus, and two fingers on touch screens.
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
import { element } from "../dom.ts";
import { prefersReducedMotion } from "./theme.ts";
import { words } from "../words.ts";

/** Pixels that an arrow key moves the map. */
const STEP = 100;
/** Milliseconds for which the hint is visible. */
const HINT_DURATION = 1500;

/** Returns whether the reader mainly uses a touch screen, and must be able to scroll past the map with one finger. */
function hasTouchScreen(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

export function gestures(container: HTMLElement): Interaction[] {
  const duration = prefersReducedMotion() ? 0 : 200;
  const focused: Condition = ({ originalEvent }) => originalEvent.target === container;
  const touch = hasTouchScreen();
  const pan: DragPan = new DragPan({
    condition: (event) => noModifierKeys(event) && (!touch || pan.getPointerCount() === 2 || (event.originalEvent as PointerEvent).pointerType === "mouse"),
    ...(prefersReducedMotion() ? {} : { kinetic: new Kinetic(-0.005, 0.05, 100) }),
  });
  if (touch) showHint(container);
  return [
    new DoubleClickZoom({ duration }),
    pan,
    new PinchZoom({ duration }),
    new KeyboardPan({ condition: (event) => focused(event) && noModifierKeys(event), pixelDelta: STEP, duration }),
    new KeyboardZoom({ condition: focused, duration }),
    new MouseWheelZoom({ duration, ...(touch ? { condition: platformModifierKeyOnly } : {}) }),
    new DragZoom({ duration }),
  ];
}

/** Shows for a moment how to move or zoom the map when one finger or the wheel scrolls the page. */
function showHint(container: HTMLElement): void {
  const hint = element("p", { className: "map-how", ariaHidden: "true" });
  let timer = 0;
  const show = (text: string): void => {
    hint.textContent = text;
    hint.classList.add("is-said");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => hint.classList.remove("is-said"), HINT_DURATION);
  };
  container.append(hint);
  container.addEventListener("touchmove", ({ touches }) => touches.length === 1 && show(words.twoFingers), { passive: true });
  container.addEventListener("wheel", ({ ctrlKey, metaKey }) => !ctrlKey && !metaKey && show(words.ctrlScroll), { passive: true });
}
