/**
 * Starts the whole of Rebill on one machine: PostgreSQL, Keycloak and the server with the application. Used by the
 * one-command start and by the tests; not part of the WAR.
 */
package org.rebill.launcher;
