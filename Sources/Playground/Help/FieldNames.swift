import Catalogue
import Diagnostics
import Documents
import Inputs
import Text

/// Warns of names that no object has where a policy looks for them and that are nearly one that it has.
///
/// It knows what completion knows and reads the text as completion does, so that it says the same of Rego that does not
/// compile yet, whatever form its input has. A name that is near no other is left alone: custom resources have fields of
/// their own.
struct FieldNames {
    private let file: SourceFile
    private var scope: Scope

    init(_ file: SourceFile, _ modules: PolicyModules, _ data: RunData, library: PolicyLibrary) {
        self.file = file
        scope = Scope(modules, data, file: file, library: library)
    }

    private static let most = 100

    /// The warnings about a file, in the order of its text.
    mutating func problems() -> [Diagnostic] {
        var problems: [Diagnostic] = []
        for start in Self.starts(in: file.bytes) where problems.count < Self.most {
            guard let reference = Reference(in: file.bytes, startingAt: start), !reference.isBare else { continue }
            scope.move(to: start, in: file)
            if let problem = problem(reference) { problems.append(problem) }
        }
        return problems
    }

    /// What the type check says of names in modules that compile, but for what is told already and for guesses about names
    /// that the inputs have: custom resources have fields of their own.
    static func typeProblems(_ modules: PolicyModules, _ data: RunData, beside told: [Diagnostic]) -> [Diagnostic] {
        let found = KubernetesInput(data.configuration.kubernetesVersion).problems(
            in: modules.all, builtins: PolicyBuiltins.offline)
        if found.isEmpty { return [] }
        let places = Set(told.compactMap { $0.range.map { "\($0.file.path):\($0.start)" } })
        var names = Set<String>()
        for subject in data.subjects.list.prefix(50) { collect(subject.document.root, &names) }
        let problems = found.filter { problem in
            guard let range = problem.range else { return true }
            let isGuess = problem.hint?.hasPrefix("did you mean") ?? false
            return !places.contains("\(range.file.path):\(range.start)") && !(isGuess && names.contains(range.text))
        }
        // The list of problems shows messages alone.
        return problems.prefix(most).map { problem in
            guard let hint = problem.hint else { return problem }
            var problem = problem
            (problem.message, problem.hint) = ("\(problem.message); \(hint)", nil)
            return problem
        }
    }

    /// The names of all members of a value.
    private static func collect(_ value: Value, _ names: inout Set<String>) {
        if names.count > 10_000 { return }
        switch value.kind {
        case .object:
            for (key, member) in zip(value.keys, value.values) {
                names.insert(key.string)
                collect(member, &names)
            }
        case .array: for element in value.elements { collect(element, &names) }
        default: return
        }
    }

    private func problem(_ reference: Reference) -> Diagnostic? {
        var parent = reference
        for (index, step) in reference.steps.enumerated() {
            guard let name = step, !name.isEmpty else { continue }
            parent.steps = Array(reference.steps[..<index])
            guard let node = scope.node(parent) else { return nil }
            let known = scope.fields(of: node).map(\.name)
            if known.isEmpty || known.contains(name) { continue }
            guard let near = Spelling.nearest(to: name, in: known) else { return nil }
            let place = reference.places[index]
            let range = SourceRange(file: file, start: UInt32(place.lowerBound), end: UInt32(place.upperBound))
            return Diagnostic(
                code: "unknown_field", severity: .warning,
                message: "no known object has \"\(name)\" here; did you mean \"\(near)\"?", range: range)
        }
        return nil
    }

    /// Where names begin that are no part of a comment, a string or a longer reference.
    private static func starts(in bytes: [UInt8]) -> [Int] {
        var starts: [Int] = [], index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "#"): index = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
            case UInt8(ascii: "`"): index = (bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "`")) ?? bytes.count - 1) + 1
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != 0x0A {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index += 1
            case let byte where Reference.isName(byte):
                if index == 0 || bytes[index - 1] != UInt8(ascii: ".") { starts.append(index) }
                while index < bytes.count, Reference.isName(bytes[index]) { index += 1 }
            default: index += 1
            }
        }
        return starts
    }
}
