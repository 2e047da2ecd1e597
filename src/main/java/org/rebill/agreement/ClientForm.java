package org.rebill.agreement;

/** What is typed into the form of a client. */
public class ClientForm {
    private String name;
    private String contact;
    private String address;
    private String email;
    private String currency;

    /** Shows a client as it stands. */
    void show(Client client) {
        name = client.name();
        contact = client.contact();
        address = client.address();
        email = client.email();
        currency = client.currency();
    }

    Clients.Draft draft() {
        return new Clients.Draft(name, contact, address, email, currency);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getContact() {
        return contact;
    }

    public void setContact(String contact) {
        this.contact = contact;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(String currency) {
        this.currency = currency;
    }
}
