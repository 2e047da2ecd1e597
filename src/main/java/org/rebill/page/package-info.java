/** What every page shares: the shell around it, formats of the firm's country, texts, addresses, refusals. */
package org.rebill.page;
