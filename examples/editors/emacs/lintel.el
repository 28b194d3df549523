;;; lintel.el --- Violations of lintel in compilation buffers  -*- lexical-binding: t; -*-

;; M-x lintel-check asks for files and folders; M-g n and M-g p go from one violation to the next.
;; Problems of Rego, as lintel test and lintel fmt report them, are found in any compilation buffer, too.

;;; Code:

(require 'compile)

(add-to-list 'compilation-error-regexp-alist-alist
             '(lintel
               "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(note\\)\\): "
               1 2 3 (4 . 5)))
(add-to-list 'compilation-error-regexp-alist 'lintel)

(defun lintel-check (paths)
  "Check PATHS, files and folders, and show the violations in a compilation buffer."
  (interactive (list (read-string "Check: " (or (buffer-file-name) "."))))
  (compile (concat "lintel check --format compact " paths)))

(provide 'lintel)
;;; lintel.el ends here
