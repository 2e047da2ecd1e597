/**
 * Who is asking and what they may do: Keycloak proves the person and the organizations, the firm's own membership
 * table gives the roles.
 */
package org.rebill.identity;
