import ArgumentParser

/// Options that say where a report goes and how it is written: a run has one report, and the last of two would silently
/// win.
enum RepeatedOptions {
    private static let names = ["format", "output"]

    /// What to tell when the command line gives one of them twice; nil when it does not.
    static func problem(in arguments: [String], of root: any ParsableCommand.Type) -> String? {
        // Describing a command takes long; most command lines show at once that they repeat nothing.
        guard mayRepeat(arguments) else { return nil }
        let command = CommandDescription(arguments, of: root)
        let given = arguments.dropFirst(command.words.count)
        for parameter in command.parameters where names.contains(parameter.long) && parameter.takesValue && !parameter.isRepeating
        {
            let values = parameter.values(in: given).compactMap(\.self)
            if values.count < 2 { continue }
            return
                "--\(parameter.long) is given \(values.count) times (\(values.joined(separator: ", "))), and a run writes one report; "
                + "give it once, or run the command once for each"
        }
        return nil
    }

    private static func mayRepeat(_ arguments: [String]) -> Bool {
        names.contains { name in
            arguments.count { $0.hasPrefix("--\(name)") || $0.hasPrefix("-\(name.prefix(1))") } > 1
        }
    }
}
