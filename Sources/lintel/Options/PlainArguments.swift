/// A command line of known options with their values, known flags, and words.
///
/// Describing to the parser what can be said to a command takes longer than most renderings. What is not plain (help, an
/// unknown option, a missing value, several letters behind one dash) is left to the parser, which knows what to say of it.
struct PlainArguments {
    /// What a command takes; names are long ones without dashes.
    struct Known {
        var options: [String] = []
        var flags: [String] = []
        /// Letters behind one dash, and the options and flags they stand for.
        var letters: [(letter: String, name: String)] = []

        /// These and more.
        func with(options: [String] = [], flags: [String] = [], letters: [(letter: String, name: String)] = []) -> Known {
            Known(options: self.options + options, flags: self.flags + flags, letters: self.letters + letters)
        }
    }

    private(set) var words: [String] = []
    private var given: [(name: String, value: String)] = []

    /// Nil when the parser has to read the arguments.
    init?(_ arguments: some Sequence<String>, _ known: Known) {
        var awaited: String?
        for argument in arguments {
            let hasDash = argument.utf8.first == UInt8(ascii: "-")
            if let name = awaited {
                if hasDash || argument.isEmpty { return nil }
                given.append((name, argument))
                awaited = nil
            } else if !hasDash {
                words.append(argument)
            } else {
                guard let option = Self.option(argument, known) else { return nil }
                if let value = option.value { given.append((option.name, value)) } else { awaited = option.name }
            }
        }
        if awaited != nil { return nil }
    }

    /// The name that an argument means, with the value that stands in it; a flag's is empty.
    private static func option(_ argument: String, _ known: Known) -> (name: String, value: String?)? {
        guard argument.hasPrefix("--") else {
            let letter = argument.dropFirst()
            guard let name = known.letters.first(where: { $0.letter == letter })?.name else { return nil }
            return (name, known.flags.contains(name) ? "" : nil)
        }
        let text = argument.dropFirst(2)
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            if let flag = known.flags.first(where: { $0 == text }) { return (flag, "") }
            return known.options.first { $0 == text }.map { ($0, nil) }
        }
        let value = String(text[text.utf8.index(after: equals)...])
        guard !value.isEmpty, let name = known.options.first(where: { $0 == text[..<equals] }) else { return nil }
        return (name, value)
    }

    /// What an option is given, in order.
    func values(_ name: String) -> [String] { given.filter { $0.name == name }.map(\.value) }

    /// What an option that counts once is given: the last value.
    func value(_ name: String) -> String? { given.last { $0.name == name }?.value }

    func has(_ flag: String) -> Bool { given.contains { $0.name == flag } }
}
