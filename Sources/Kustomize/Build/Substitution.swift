package import Diagnostics

/// Flux's substitution of variables in the objects of a build (`postBuild`), with the operators of its `envsubst`:
/// `${name}`, `${name:-default}`, `${name:=default}`, `${name/from/to}` and the like. Objects marked with
/// `kustomize.toolkit.fluxcd.io/substitute: disabled` stay as they are.
package struct Substitution: Sendable {
    /// One variable, with the place of its value.
    package struct Variable: Sendable {
        package var text: String
        package var range: SourceRange?

        package init(text: String, range: SourceRange?) { (self.text, self.range) = (text, range) }
    }

    package var variables: [String: Variable]
    /// Whether there are variables that are not known here: a name without a value and without a default then stays as it
    /// is; else it becomes empty, as Flux does.
    package var hasUnknown: Bool

    package init(variables: [String: Variable], hasUnknown: Bool) {
        (self.variables, self.hasUnknown) = (variables, hasUnknown)
    }

    private static let mark = "kustomize.toolkit.fluxcd.io/substitute"

    func apply(to list: ResourceList, _ context: BuildContext) throws(BuildError) {
        for resource in list.resources {
            let isOff = [resource.labels, resource.annotations].contains { $0?.field(Self.mark)?.valueText == "disabled" }
            if !isOff { try substitute(in: resource.root, context) }
            resource.forgetID()
        }
    }

    private func substitute(in node: Node, _ context: BuildContext) throws(BuildError) {
        for child in node.content { try substitute(in: child, context) }
        guard node.kind == .scalar, node.text.contains("$") else { return }
        let (text, used): (String, [Variable])
        do throws(SubstitutionText.Problem) {
            (text, used) = try SubstitutionText(self).result(of: node.text)
        } catch {
            throw BuildError("variable substitution failed: \(error.message)", at: node)
        }
        if text == node.text { return }
        let isWhole =
            used.count == 1 && node.text.hasPrefix("${")
            && node.text.utf8.firstIndex(of: UInt8(ascii: "}")) == node.text.utf8.indices.last
        var origin = node.origin
        var parts: [Origin] = []
        for variable in used {
            guard let range = variable.range else { continue }
            let place = Origin(
                file: context.sources.number(of: range.file), start: range.start, end: range.end, cause: .variable)
            if isWhole { origin = place } else { parts.append(place) }
        }
        let former = node.text
        node.setText(text, origin: origin.caused(by: .variable), parts: parts)
        // Flux replaces text of YAML: what was written without quotes and is on one line is read anew.
        if former.contains("\n") || text.contains("\n") { return }
        let isPlain = !Self.needsQuotes(former)
        node.style = .plain
        node.tag = isPlain ? ScalarMeaning(plain: text).tag : .string
        if text.isEmpty, isPlain { node.tag = .null }
    }

    /// Whether a YAML writer puts a text with a variable into quotes.
    private static func needsQuotes(_ text: String) -> Bool {
        if text.contains(": ") || text.contains(" #") || text.hasSuffix(":") { return true }
        guard let first = text.utf8.first, let last = text.utf8.last else { return true }
        return " \t-?:,[]{}#&*!|>'\"%@`".utf8.contains(first) || last == 0x20
    }
}

/// Replaces the variables of one text.
struct SubstitutionText {
    struct Problem: Error { var message: String }

    private let substitution: Substitution

    init(_ substitution: Substitution) { self.substitution = substitution }

    /// The text with its variables replaced, and the variables that took part.
    func result(of text: String) throws(Problem) -> (String, [Substitution.Variable]) {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var used: [Substitution.Variable] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
                output.append(bytes[index])
                index += 1
                continue
            }
            // `$${name}` is the text `${name}`.
            if bytes[index + 1] == UInt8(ascii: "$"), index + 2 < bytes.count, bytes[index + 2] == UInt8(ascii: "{") {
                output.append(bytes[index])
                index += 2
                let end = Self.end(bytes, index)
                output += bytes[index..<end]
                index = end
                continue
            }
            guard bytes[index + 1] == UInt8(ascii: "{") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            let end = Self.end(bytes, index + 1)
            guard bytes[end - 1] == UInt8(ascii: "}"), end - 1 > index + 1 else {
                throw Problem(message: "missing closing brace")
            }
            let whole = bytes[index..<end]
            if let value = try value(of: Array(bytes[(index + 2)..<(end - 1)]), &used) {
                output += value.utf8
            } else {
                output += whole
            }
            index = end
        }
        return (String(decoding: output, as: UTF8.self), used)
    }

    /// The index after the brace that closes the one at `start`.
    private static func end(_ bytes: [UInt8], _ start: Int) -> Int {
        var depth = 0
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index + 1 }
            }
        }
        return bytes.count
    }

    /// The value of what stands between braces; nil to leave it as it is.
    private func value(of body: [UInt8], _ used: inout [Substitution.Variable]) throws(Problem) -> String? {
        let text = String(decoding: body, as: UTF8.self)
        if text.hasPrefix("#"), let length = substitution.variables[String(text.dropFirst())] {
            return String(length.text.utf8.count)
        }
        let name = String(text.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
        guard !name.isEmpty, name.first?.isNumber == false else {
            throw Problem(message: "unable to parse variable name in '${\(text)}'")
        }
        let rest = text.dropFirst(name.count)
        let known = substitution.variables[name]
        if let known { used.append(known) }
        if rest.isEmpty { return known?.text ?? (substitution.hasUnknown ? nil : "") }
        for (sign, isEmptyUnset) in [(":-", true), (":=", true), ("-", false), ("=", false)] where rest.hasPrefix(sign) {
            if let known, !(isEmptyUnset && known.text.isEmpty) { return known.text }
            return try result(of: String(rest.dropFirst(sign.count))).0
        }
        guard let known else { return substitution.hasUnknown ? nil : "" }
        return Self.changed(known.text, by: String(rest)) ?? known.text
    }

    /// The operators that change a value; nil for one that is not known.
    private static func changed(_ value: String, by operation: String) -> String? {
        switch operation {
        case "^": return value.prefix(1).uppercased() + value.dropFirst()
        case "^^": return value.uppercased()
        case ",": return value.prefix(1).lowercased() + value.dropFirst()
        case ",,": return value.lowercased()
        default: break
        }
        if operation.hasPrefix("//") || operation.hasPrefix("/") {
            let isAll = operation.hasPrefix("//")
            let parts = operation.dropFirst(isAll ? 2 : 1).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let from = parts.first, !from.isEmpty else { return value }
            let to = parts.count > 1 ? String(parts[1]) : ""
            return isAll ? value.replacing(from, with: to) : value.replacing(from, with: to, maxReplacements: 1)
        }
        if operation.hasPrefix(":") {
            let parts = operation.dropFirst().split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
            guard let first = parts.first, let start = first, start >= 0 else { return nil }
            let tail = value.dropFirst(start)
            if parts.count > 1, let length = parts[1], length >= 0 { return String(tail.prefix(length)) }
            return String(tail)
        }
        if operation.hasPrefix("#") {
            let prefix = operation.drop { $0 == "#" }
            return value.hasPrefix(prefix) ? String(value.dropFirst(prefix.count)) : value
        }
        if operation.hasPrefix("%") {
            let suffix = operation.drop { $0 == "%" }
            return value.hasSuffix(suffix) ? String(value.dropLast(suffix.count)) : value
        }
        return nil
    }
}
