import { writeFile } from 'node:fs/promises';
import * as echarts from 'echarts';

/** An axis. */
export interface Axis {
	name: string;
	isLogarithmic?: boolean;
	min?: number;
	max?: number;
}

/** Lines over one pair of axes. */
export interface Panel {
	title: string;
	x: Axis;
	y: Axis;
	lines: Array<{
		name: string;
		points: ReadonlyArray<readonly [number, number]>;
		isDashed?: boolean;
	}>;
}

/** Panels side by side under one title and one legend. */
export interface Plot {
	title: string;
	panels: Panel[];
}

const [panelWidth, panelHeight, gap, top, bottom] = [300, 260, 70, 90, 60] as const;
/** Told apart by people who do not see all colours (Okabe and Ito, 2008). */
const colours = [
	'#0072b2',
	'#d55e00',
	'#009e73',
	'#cc79a7',
	'#e69f00',
	'#56b4e9',
	'#444444',
	'#8c510a',
	'#999999',
];

/** Draws lines into an SVG file, on white, so that it can be read on a dark page too. */
export async function plot(file: string, { title, panels }: Plot): Promise<void> {
	const [width, height] = [panels.length * (panelWidth + gap) + gap, top + panelHeight + bottom];
	const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
	chart.setOption({
		animation: false,
		backgroundColor: '#ffffff',
		color: colours,
		title: [
			{ text: title, left: 'center', top: 8, textStyle: { fontSize: 15 } },
			...panels.map((panel, n) => ({
				text: panel.title,
				left: leftOf(n) + panelWidth / 2,
				top: top - 26,
				textAlign: 'center' as const,
				textStyle: { fontSize: 12, fontWeight: 'normal' as const },
			})),
		],
		legend: {
			top: 34,
			data: [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))],
		},
		grid: panels.map((_, n) => ({ left: leftOf(n), top, width: panelWidth, height: panelHeight })),
		xAxis: panels.map(({ x }, gridIndex) => ({ ...axis(x), gridIndex, nameGap: 26 })),
		yAxis: panels.map(({ y }, gridIndex) => ({ ...axis(y), gridIndex, nameGap: 44 })),
		series: panels.flatMap(({ lines }, n) =>
			lines.map(({ name, points, isDashed }) => ({
				name,
				type: 'line' as const,
				xAxisIndex: n,
				yAxisIndex: n,
				symbol: isDashed ? 'none' : 'circle',
				lineStyle: { type: isDashed ? ('dashed' as const) : ('solid' as const) },
				data: points.map((point) => [...point]),
			})),
		),
	});
	await writeFile(file, `${chart.renderToSVGString()}\n`);
	chart.dispose();
}

const leftOf = (panel: number): number => gap + panel * (panelWidth + gap);

const axis = ({ name, isLogarithmic = false, min, max }: Axis) => ({
	type: isLogarithmic ? ('log' as const) : ('value' as const),
	name,
	nameLocation: 'middle' as const,
	min,
	max,
	axisLabel: { formatter: (value: number) => value.toLocaleString('en') },
});
