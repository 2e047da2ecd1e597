/** Clients, their matters, and what was agreed with them in advance: versions of terms, offered and accepted. */
package org.rebill.agreement;
