/** What every feature stands on: the database and its tenancy, background jobs, configuration, health, refusals. */
package org.rebill.platform;
