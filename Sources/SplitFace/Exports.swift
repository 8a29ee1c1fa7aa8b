// Code that starts jobs also uses their specs and records.
@_exported public import Results
