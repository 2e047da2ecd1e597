/** The first page: what needs somebody, what the month came to. Sees all of the flow; nothing knows it. */
package org.rebill.overview;
