/** The page on which a firm's owner changes what stands at the head of its statements. */
package org.rebill.settings;
