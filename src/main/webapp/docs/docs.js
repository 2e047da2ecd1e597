window.addEventListener("load", () => {
  window.ui = SwaggerUIBundle({
    url: "/openapi?format=json",
    dom_id: "#api",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    operationsSorter: "alpha",
    tagsSorter: "alpha",
    tryItOutEnabled: false,
    validatorUrl: null,
  });
});
