/**
 * Firms as files: a pack is a folder that says everything of a firm and brings its first records. Beside the flow, and
 * above all of it: it knows every feature, and none knows it.
 */
package org.rebill.pack;
