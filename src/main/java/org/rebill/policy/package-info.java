/** Code policies: which calls need an account code, and where it must be a known one. */
package org.rebill.policy;
