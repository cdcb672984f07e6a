/** A theme's colors by the part they play. Two themes hold the same parts. */
export type Palette = Readonly<Record<Token, string>>;

export type Token =
  | "canvas"
  | "s1"
  | "s2"
  | "s3"
  | "line"
  | "line2"
  | "edge"
  | "t1"
  | "t2"
  | "t3"
  | "ink"
  | "onInk"
  | "focus"
  | "gain"
  | "loss"
  | "neutral"
  | "warn"
  | "forecast"
  | "bench"
  | "gainSoft"
  | "lossSoft"
  | "warnSoft"
  | "neutralSoft";

export interface Theme {
  readonly palette: Palette;
  /** Nine steps from loss over the surface to gain; primary text reads on each. */
  readonly diverging: readonly string[];
}

export const darkTheme: Theme = {
  palette: {
    canvas: "#0B0D10",
    s1: "#111418",
    s2: "#171B20",
    s3: "#20252C",
    line: "#22272E",
    line2: "#3A424D",
    edge: "#69737F",
    t1: "#ECEEF1",
    t2: "#AEB6C0",
    t3: "#87919C",
    ink: "#F4F5F7",
    onInk: "#0B0D10",
    focus: "#7DB7FF",
    gain: "#6FD6B8",
    loss: "#F2693A",
    neutral: "#868D96",
    warn: "#F0BC4E",
    forecast: "#C9AAFB",
    bench: "#5595F2",
    gainSoft: "#102923",
    lossSoft: "#331A14",
    warnSoft: "#2B2312",
    neutralSoft: "#1C2026",
  },
  diverging: [
    "#94360F",
    "#743012",
    "#552A17",
    "#38221A",
    "#1B1F24",
    "#17333A",
    "#134B53",
    "#0F646B",
    "#0A767A",
  ],
};

export const lightTheme: Theme = {
  palette: {
    canvas: "#F8F7F4",
    s1: "#FFFFFF",
    s2: "#F3F1ED",
    s3: "#E8E5DF",
    line: "#E5E2DB",
    line2: "#C6C2B9",
    edge: "#8A867D",
    t1: "#15181C",
    t2: "#474E57",
    t3: "#5F656E",
    ink: "#15181C",
    onInk: "#FFFFFF",
    focus: "#0B5CD6",
    gain: "#0B7570",
    loss: "#BC2F00",
    neutral: "#8A9199",
    warn: "#6F5A00",
    forecast: "#9650BC",
    bench: "#0D4690",
    gainSoft: "#E2F3EE",
    lossSoft: "#FCEAE3",
    warnSoft: "#FAF0D9",
    neutralSoft: "#EFEDE8",
  },
  diverging: [
    "#DD7B4F",
    "#EBA582",
    "#F4CAB3",
    "#FAE5DA",
    "#F5F3EF",
    "#DDEFF0",
    "#B5DEE1",
    "#83C6CD",
    "#4FADB8",
  ],
};

/** Steps on either side of the middle of the diverging scale. */
const STEPS_EACH_WAY = 4;

/** The custom properties of a theme, for one style rule. */
export function themeProperties({ palette, diverging }: Theme): string {
  const named = Object.entries(palette).map(([token, color]) => `--${token}:${color}`);
  const steps = diverging.map((color, step) => `--d${step}:${color}`);
  return [...named, ...steps].join(";");
}

/** Which of the nine steps a value takes when each step spans `size`: the outer ones take everything beyond. */
export function divergingStep(value: number, size: number): number {
  const step = size > 0 ? Math.round(value / size) : 0;
  return Math.max(-STEPS_EACH_WAY, Math.min(STEPS_EACH_WAY, step)) + STEPS_EACH_WAY;
}

const NICE_STEPS = [
  0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5,
];

/** A round step at which so large a share of the values falls inside the scale. */
export function divergingSize(values: readonly number[], inside = 0.9): number {
  const sizes = values.map(Math.abs).sort((left, right) => left - right);
  const reach = sizes[Math.floor(sizes.length * inside)] ?? 0;
  return NICE_STEPS.find((step) => step * (STEPS_EACH_WAY + 0.5) >= reach) ?? 1;
}
