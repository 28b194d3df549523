package import Diagnostics
package import Findings
package import Inputs

/// One of two states that are compared.
package struct DiffSide: Sendable {
    /// What people call it: `main`, `the working tree`, a folder.
    package var label: String
    package var objects: [ComparedObject] = []
    /// What was built of it, with paths from the root of the side, and why the rest was not.
    package var builds: [(record: BuildRecord, problems: [Diagnostic])] = []
    /// What policies find in it; nil when none was asked.
    package var findings: [Finding]?
    package var files = 0
    package var skipped: [SkippedDocument] = []
    /// Whether something of it could not be read, rendered or judged.
    package var isIncomplete = false

    package init(_ label: String) { self.label = label }
}
