/**
 * What integration tests stand on: one PostgreSQL, one Keycloak and one server with the real WAR for the whole run.
 * {@link org.rebill.testing.InServer} tests run inside the server, {@link org.rebill.testing.FromOutside} tests ask it
 * by HTTP, {@link org.rebill.testing.InBrowser} tests use its pages in Chromium. Each makes itself a fresh
 * {@link org.rebill.testing.TestFirm}.
 */
package org.rebill.testing;
