// Whoever starts jobs also handles their specs and records.
@_exported public import Results
