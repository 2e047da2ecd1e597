/** Calls made of legs: who talked with whom, for how long, and under which code. */
package org.rebill.call;
