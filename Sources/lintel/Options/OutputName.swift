import ArgumentParser

/// The name of a file that a report is written to.
enum OutputName {
    /// Refuses a name that was meant as a format: `-o json` would make a file of that name and report as text.
    /// - Throws: `ValidationError`, which says how to ask for either.
    static func check(_ name: String?, formats: [String]) throws {
        guard let name, formats.contains(name.lowercased()) else { return }
        throw ValidationError(
            "-o takes the name of a file, and \"\(name)\" is a format: say --format \(name.lowercased()), or -o ./\(name) for a file of that name."
        )
    }
}
