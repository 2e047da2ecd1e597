/** What the firm learns: presets, each one query, shown as a chart, a table, paper and data with the same numbers. */
package org.rebill.report;
