import Diagnostics

/// The statements of a module.
extension Parser {
    mutating func parseModule() -> Module {
        reportEncodingProblem()
        if version == .v1, !options.allowsV1 {
            _ = fail("illegal capabilities: rego_v1 feature required for parsing v1 Rego")
        }
        let package = parsePackageStatement()
        var module = Module(file: file, package: package, regoVersion: version)
        while kind != .endOfFile {
            let start = index
            memo.removeAll(keepingCapacity: true)
            do {
                try parseStatement(into: &module)
            } catch {
                recover(from: start)
            }
        }
        module.importsRegoV1 = importsRegoV1
        if version == .v1 || importsRegoV1 { checkV1(module.rules) }
        module.comments = comments.map { Comment(location: $0) }
        module.annotations = AnnotationBlocks(file: file, comments: comments).annotations(in: module)
        return module
    }

    /// The package clause; without one, a problem and the root package.
    private mutating func parsePackageStatement() -> Package {
        let start = index
        do {
            if kind == .endOfFile {
                let message = tokens.count == 1 && comments.isEmpty ? "empty module" : "package expected"
                throw fail(message, at: Location(start: 0, end: 0))
            }
            guard kind == .package, !isKeywordUsedAsName else { throw fail("package expected") }
            return try parsePackage()
        } catch {
            if tokens[start].kind == .package { recover(from: start) }
            let data = Term(.var("data"), location: Location(start: 0, end: 0))
            return Package(path: Ref([data]), location: Location(start: 0, end: 0))
        }
    }

    private mutating func parseStatement(into module: inout Module) throws(Failure) {
        if !isKeywordUsedAsName {
            if kind == .package {
                let package = try parsePackage()
                throw fail("unexpected package", at: package.location)
            }
            if kind == .import { return module.imports.append(try parseImport()) }
        }
        module.rules += try parseRules()
    }

    private mutating func parsePackage() throws(Failure) -> Package {
        let start = token.start
        advance()
        let path = try parsePath()
        let head = path.terms[0]
        guard case .var(let name) = head.value else {
            throw fail("unexpected \(head.value.kindName) token: expecting var", at: head.location)
        }
        let data = Term(.var("data"), location: head.location)
        let terms = [data, Term(.string(name), location: head.location)] + path.terms.dropFirst()
        return Package(path: Ref(terms), location: location(from: start))
    }

    /// A dotted path whose later parts are strings.
    private mutating func parsePath() throws(Failure) -> Ref {
        guard kind == .identifier || (kind.isKeyword && options.allowsKeywordsInRefs) else { throw unexpected() }
        let term = try parsePostfix(parseVar())
        switch term.value {
        case .var: return Ref([term])
        case .ref(let ref):
            for part in ref.terms.dropFirst() {
                guard case .string = part.value else {
                    throw fail("unexpected \(part.value.kindName) token: expecting string", at: part.location)
                }
            }
            return ref
        default: throw fail("expected path", at: term.location)
        }
    }

    private mutating func parseImport() throws(Failure) -> Import {
        let start = token.start
        advance()
        let path = try parsePath()
        let head = path.terms[0]
        let pathLocation = location(from: head.location.start)
        let root = head.stringOrVarName ?? ""
        guard ["data", "input", "future", "rego"].contains(root) else {
            throw fail(
                "unexpected import path, must begin with one of: {data, future, input, rego}, got: \(root)",
                at: pathLocation, hint: "if this is unexpected, the import may need a newer version")
        }
        var alias: String?
        if kind == .as, !isKeywordUsedAsName {
            advance()
            guard kind == .identifier else { throw unexpected("expected var") }
            alias = parseVar().stringOrVarName
        } else if root != "future" {
            try checkLastPart(of: path)
        }
        if root == "rego" { try enableRegoV1(path, alias, pathLocation) }
        if root == "future" { try enableFutureKeywords(path, alias, pathLocation) }
        return Import(path: path, alias: alias, location: location(from: start))
    }

    private mutating func checkLastPart(of path: Ref) throws(Failure) {
        guard let last = path.terms.last, let name = last.stringOrVarName else { return }
        let text = LexedText(Array(name.utf8))
        let kind = text.tokens[0].kind
        let reserved: KeywordSet = version == .v1 ? .v1 : .v0
        guard text.tokens.count == 2, kind.isKeyword, reserved.contains(.of(kind)) else { return }
        throw fail(
            "unexpected import path, must not end with a keyword, got: \(name)", at: last.location,
            hint: "import a different path or use an alias")
    }

    private mutating func enableRegoV1(_ path: Ref, _ alias: String?, _ place: Location) throws(Failure) {
        let dialect = path.terms.count == 2 ? path.terms[1].stringOrVarName : nil
        guard dialect == "v1" || dialect == "v2" else {
            throw fail("invalid import `\(path.builtinName ?? "rego")`, must be `rego.v1` or `rego.v2`", at: place)
        }
        if dialect == "v2" {
            // Since OPA 1.22: `and`, `or` and the improved `not`, and in a v0 module what `rego.v1` brings.
            guard options.futureKeywords.isSuperset(of: ["and", "not", "or"]) else {
                throw fail("invalid import, `rego.v2` is not supported by current capabilities", at: place)
            }
            guard alias == nil else { throw fail("`rego` imports cannot be aliased", at: place) }
            for name in ["and", "not", "or"] { if let keyword = KeywordSet.future(name) { enable(keyword) } }
        }
        guard options.allowsV1Import else {
            throw fail("invalid import, `rego.v1` is not supported by current capabilities", at: place)
        }
        guard version == .v0 else { return }
        guard alias == nil else { throw fail("`rego` imports cannot be aliased", at: place) }
        importsRegoV1 = true
        enable(.addedInV1)
    }

    private mutating func enableFutureKeywords(_ path: Ref, _ alias: String?, _ place: Location) throws(Failure) {
        guard path.terms.count > 1, path.terms[1].stringOrVarName == "keywords" else {
            throw fail("invalid import, must be `future.keywords`", at: place)
        }
        guard alias == nil else { throw fail("`future` imports cannot be aliased", at: place) }
        var known: [String: KeywordSet] = [:]
        for name in options.futureKeywords.union(["in", "every", "contains", "if"]) { known[name] = KeywordSet.future(name) }
        guard path.terms.count > 2 else {
            for keywords in known.values { enable(keywords) }
            return
        }
        guard path.terms.count == 3 else {
            throw fail("invalid import, must be `future.keywords.x`, e.g. `import future.keywords.in`", at: place)
        }
        guard let name = path.terms[2].stringOrVarName, let keyword = known[name] else {
            throw fail("unexpected keyword, must be one of [\(known.keys.sorted().joined(separator: " "))]", at: place)
        }
        enable(keyword)
    }

    private mutating func enable(_ more: KeywordSet) {
        keywords.formUnion(more)
        kind = effectiveKind(at: index)
    }

    /// Skips to what looks like the next statement: a line no deeper indented than the failed one, outside brackets.
    private mutating func recover(from start: Int) {
        depth = 0
        let column = self.column(of: start)
        var open = 0
        var next = start
        while next < tokens.count - 1 {
            switch tokens[next].kind {
            case .leftBrace, .leftBracket, .leftParen: open += 1
            case .rightBrace, .rightBracket, .rightParen: open = max(0, open - 1)
            default: break
            }
            next += 1
            if tokens[next].newlineBefore, next > index || next > start, self.column(of: next) <= column,
                beginsStatement(at: next, isInBrackets: open > 0)
            {
                break
            }
        }
        move(to: max(next, start + 1) < tokens.count ? max(next, start + 1) : tokens.count - 1)
    }

    private func beginsStatement(at index: Int, isInBrackets: Bool) -> Bool {
        let kind = tokens[index].kind
        guard kind == .identifier || (kind.isKeyword && kind != .else) else { return false }
        guard isInBrackets else { return true }
        if kind == .default || kind == .import { return true }
        // A bracket was never closed: believe in a rule only where its line looks like a head.
        var next = index + 1
        while next < tokens.count, !tokens[next].newlineBefore {
            switch tokens[next].kind {
            case .if, .contains, .assign, .unify: return true
            case .leftBrace: return next + 1 < tokens.count && tokens[next + 1].newlineBefore
            default: next += 1
            }
        }
        return false
    }

    private func column(of index: Int) -> Int {
        let end = Int(tokens[index].start)
        var start = end
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return end - start
    }

    /// What v1 demands of rules that v0 does not; OPA's checks of a parsed module.
    private mutating func checkV1(_ rules: [Rule]) {
        for rule in rules {
            for branch in [rule] + rule.elseRules { checkV1(branch, isElse: branch.location != rule.location) }
        }
    }

    private mutating func checkV1(_ rule: Rule, isElse: Bool) {
        let head = rule.head
        let what = head.isFunction ? "function" : "rule"
        if rule.isBodyGenerated, head.isValueGenerated, !rule.isDefault {
            _ = fail("\(what) must have value assignment and/or body declaration", at: rule.location)
        }
        if !rule.isBodyGenerated, !head.usesIf, !rule.isDefault {
            _ = fail("`if` keyword is required before \(what) body", at: bodyStart(of: rule))
        }
        if head.isPartialSet, !head.usesContains {
            _ = fail("`contains` keyword is required for partial set rules", at: head.location)
        }
    }

    /// The brace where `if` is missing.
    private func bodyStart(of rule: Rule) -> Location {
        var place = rule.head.location
        guard let first = rule.body.exprs.first, first.location.start > 0 else { return place }
        var start = Int(first.location.start)
        while start > Int(rule.location.start), bytes[start] != UInt8(ascii: "{") { start -= 1 }
        if bytes[start] == UInt8(ascii: "{") { place = Location(start: UInt32(start), end: UInt32(start + 1)) }
        return place
    }
}
