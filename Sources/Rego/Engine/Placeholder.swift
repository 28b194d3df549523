public import Documents
