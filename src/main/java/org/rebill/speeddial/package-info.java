/** Speed dials of people: a label and what is dialled for it, code included, as telephones take it. */
package org.rebill.speeddial;
