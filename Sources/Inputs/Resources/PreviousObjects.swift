package import Diagnostics

/// The objects of other manifests, which are not checked themselves: those before a change.
package struct PreviousObjects: Sendable {
    package private(set) var resources: [Resource] = []
    /// What cannot be read; without it, a policy that compares would prove nothing.
    package private(set) var problems: [Diagnostic]

    /// Reads files and folders.
    package init(reading paths: [String]) {
        var discovery = FileDiscovery()
        discovery.looksAtHidden = true
        let found = discovery.files(at: paths)
        problems = found.problems
        let reader = ResourceReader()
        for file in found.files {
            let contents = reader.read(file)
            resources += contents.resources
            problems += contents.diagnostics
        }
    }
}
