import Diagnostics

/// Packages, imports and the order of statements.
extension FormatWriter {
    private enum Statement {
        case `import`(Import)
        case rule(Rule)

        var location: Location {
            switch self {
            case .import(let node): node.location
            case .rule(let rule): rule.location
            }
        }
    }

    mutating func writeModule() {
        let statements =
            (module.imports.map(Statement.import) + module.rules.map(Statement.rule))
            .sorted { $0.location.start < $1.location.start }
        let end = UInt32(file.bytes.count) + 1
        writePackage(nextStart: statements.first?.location.start ?? end)
        if style.addsRegoV1 {
            write("import rego.v1\n")
            isAtLineStart = true
            blankLine()
        }
        var index = 0
        while index < statements.count {
            var imports: [Import] = []
            while index < statements.count, case .import(let node) = statements[index] {
                imports.append(node)
                index += 1
            }
            writeImports(imports, nextStart: index < statements.count ? statements[index].location.start : end)
            var rules: [Rule] = []
            while index < statements.count, case .rule(let rule) = statements[index] {
                rules.append(rule)
                index += 1
            }
            writeRules(rules, nextStart: index < statements.count ? statements[index].location.start : end)
        }
        if comment(before: end) != nil {
            blankLine()
            placeAll(before: end)
        }
        while output.hasSuffix("\n\n") { output.removeLast() }
    }

    /// Places comments where the writer is known to be at the start of a line.
    private mutating func placeAll(before offset: UInt32) {
        try? placeComments(before: offset)
    }

    private mutating func writePackage(nextStart: UInt32) {
        let package = module.package
        placeAll(before: package.location.end)
        write("package ")
        var path = Ref(Array(package.path.terms.dropFirst()))
        if let first = path.terms.first, let name = first.stringOrVarName {
            path.terms[0] = Term(.var(name), location: first.location)
        }
        try? writeRef(path)
        endLine(before: nextStart)
        blankLine()
    }

    // MARK: Imports

    private func isDropped(_ node: Import) -> Bool {
        switch node.path.terms.first?.stringOrVarName {
        case "rego": return style.dropsRegoV1
        case "future":
            guard style.dropsFutureImports, let name = node.path.terms.last?.stringOrVarName else { return false }
            return ["in", "every", "contains", "if"].contains(name)
        default: return false
        }
    }

    private mutating func writeImports(_ imports: [Import], nextStart: UInt32) {
        var rest = imports[...]
        while let first = rest.first {
            var group = [first]
            rest.removeFirst()
            while let next = rest.first, row(next.location.start) - row(group[group.count - 1].location.start) <= 1 {
                group.append(next)
                rest.removeFirst()
            }
            placeAll(before: first.location.end)
            writeGroup(group, nextStart: rest.first?.location.start ?? nextStart)
        }
    }

    /// A group of imports without blank lines between, sorted; comments behind an import stay with it.
    private mutating func writeGroup(_ group: [Import], nextStart: UInt32) {
        var lines: [(node: Import, comments: [String])] = []
        for (index, node) in group.enumerated() {
            placeAll(before: node.location.end)
            let end = index + 1 < group.count ? group[index + 1].location.start : nextStart
            var comments: [String] = []
            while let comment = comment(before: end), isBehindCode(comment), row(comment.location.start) == row(node.location.end)
            {
                comments.append(Self.trimmed(comment, in: file))
                nextComment += 1
            }
            lines.append((node, comments))
        }
        let kept = lines.filter { !isDropped($0.node) }
        for line in lines where isDropped(line.node) {
            for comment in line.comments { write(comment + "\n"); isAtLineStart = true }
        }
        for line in kept.sorted(by: { Self.precedes($0.node, $1.node) }) {
            writeImport(line.node)
            for comment in line.comments { write(" " + comment) }
            output += "\n"
            isAtLineStart = true
        }
        if !kept.isEmpty || !output.hasSuffix("\n\n") { blankLine() }
    }

    private static func precedes(_ left: Import, _ right: Import) -> Bool {
        let order = TermOrder.compare(.ref(left.path), .ref(right.path))
        return order == 0 ? (left.alias ?? "") < (right.alias ?? "") : order < 0
    }

    private mutating func writeImport(_ node: Import) {
        write("import ")
        try? writeRef(node.path)
        if let alias = node.alias { write(" as " + alias) }
    }

    // MARK: Rules

    private mutating func writeRules(_ rules: [Rule], nextStart: UInt32) {
        for (index, rule) in rules.enumerated() {
            let next = index + 1 < rules.count ? rules[index + 1] : nil
            placeAll(before: rule.location.start)
            writeRule(rule, nextStart: next?.location.start ?? nextStart)
            if let next, isGroupable(rule), isGroupable(next),
                row(next.location.start) == row(rule.location.start) + 1
            {
                continue
            }
            blankLine()
        }
    }

    /// One-line rules on neighbouring lines stay together.
    private func isGroupable(_ rule: Rule) -> Bool {
        guard style.writesIf, rule.body.exprs.count == 1, !rule.isDefault, rule.elseRules.isEmpty else { return false }
        return row(rule.location.start) == row(rule.location.end)
            && (isConstant(rule) || staysOnLine(rule.body.exprs[0], of: rule))
    }
}
