package import Diagnostics

/// The objects of other manifests, which are not checked themselves: those before a change.
package struct PreviousObjects: Sendable {
    package private(set) var resources: [Resource] = []
    /// What cannot be read; without it, a policy that compares would prove nothing.
    package private(set) var problems: [Diagnostic]

    /// - Parameters:
    ///   - built: what the files among them lead to, when they are built.
    ///   - files: those that are read as they are.
    ///   - problems: what was wrong with finding them.
    package init(built: [ResourceReader.Contents], files: [InputFile], problems: [Diagnostic]) {
        self.problems = problems
        let reader = ResourceReader()
        for contents in built + files.map({ reader.read($0) }) {
            resources += contents.resources
            self.problems += contents.diagnostics
        }
    }
}
