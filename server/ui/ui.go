// Package ui is the service's page: hand-written files, embedded.
package ui

import (
	"embed"
	"net/http"
)

//go:embed index.html app.css app.js
var files embed.FS

// Handler serves the page and what it loads.
func Handler() http.Handler { return http.FileServerFS(files) }
