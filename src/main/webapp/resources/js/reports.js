// Draws the report that the page holds as data: the table's own values and words. Apache ECharts, on a canvas, with
// labels drawn there too, so that the content security policy needs no exception.
(() => {
  'use strict';
  const plot = document.getElementById('plot');
  if (!plot || !window.echarts) {
    return;
  }
  const data = JSON.parse(plot.dataset.chart);
  const lying = data.chart === 'BARS' || data.chart === 'STACKED_BARS';
  const stacked = data.chart.startsWith('STACKED');
  let chart = null;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function short(kind, value) {
    if (kind === 'SECONDS') {
      return value >= 3600 ? Math.round(value / 360) / 10 + ' h' : Math.round(value / 60) + ' min';
    }
    return value.toLocaleString(document.documentElement.lang);
  }

  function series(one, i) {
    return {
      name: one.name,
      type: data.chart === 'LINES' ? 'line' : 'bar',
      stack: stacked ? 'all' : undefined,
      data: lying ? one.values.slice().reverse() : one.values,
      color: [colour('--c1'), colour('--c2'), colour('--c3')][i],
      barMaxWidth: 26,
      symbolSize: 7,
      lineStyle: { width: 2, type: i === 0 ? 'solid' : 'dashed' },
    };
  }

  function at(index) {
    return lying ? data.labels.length - 1 - index : index;
  }

  function draw() {
    const text = colour('--fg-3');
    const grid = colour('--grid');
    const kind = data.series[0].kind;
    const names = {
      type: 'category',
      data: lying ? data.labels.slice().reverse() : data.labels,
      axisLabel: { color: text, width: plot.clientWidth < 600 ? 90 : 170, overflow: 'truncate' },
      axisLine: { lineStyle: { color: grid } },
      axisTick: { show: false },
    };
    const numbers = {
      type: 'value',
      axisLabel: { color: text, formatter: (value) => short(kind, value), hideOverlap: true },
      splitLine: { lineStyle: { color: grid } },
      splitNumber: plot.clientWidth < 600 ? 3 : 5,
    };
    if (kind === 'SECONDS') {
      const most = Math.max(...data.series.flatMap((one) => one.values));
      numbers.interval = undefined;
      numbers.minInterval = most > 7200 ? 3600 : 60;
    }
    chart.setOption({
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: 8, right: 24, top: data.series.length > 1 ? 34 : 10, bottom: 6, containLabel: true },
      legend: data.series.length > 1 ? { left: 0, textStyle: { color: colour('--fg-2') } } : undefined,
      tooltip: {
        trigger: 'axis',
        renderMode: 'richText',
        axisPointer: { type: data.chart === 'LINES' ? 'line' : 'shadow' },
        backgroundColor: colour('--surface'),
        borderColor: colour('--line-strong'),
        textStyle: { color: colour('--fg') },
        formatter: (points) => {
          const index = at(points[0].dataIndex);
          return data.labels[index] + '\n' + data.series.map((one) => one.name + ': ' + one.words[index]).join('\n');
        },
      },
      xAxis: lying ? numbers : names,
      yAxis: lying ? names : numbers,
      series: data.series.map(series),
    }, true);
  }

  function start() {
    plot.style.height = lying ? Math.max(160, data.labels.length * 34 + 60) + 'px' : '320px';
    chart = window.echarts.init(plot, null, { renderer: 'canvas' });
    draw();
    chart.on('click', (point) => {
      const link = data.links[at(point.dataIndex)];
      if (link) {
        location.assign(link);
      }
    });
  }

  start();
  addEventListener('resize', () => {
    chart.resize();
    draw();
  });
  // Light and dark have colours of their own.
  new MutationObserver(draw).observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
