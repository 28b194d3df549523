import Diagnostics
import RegoSyntax
import Testing

@Suite struct ModuleTests {
    @Test func readsPackagesAndImports() {
        let text = """
            package a.b["c d"].if

            import data.x
            import data.y.z as w
            import input
            import input.a["b c"] as d
            import rego.v1
            """
        let (module, problems) = Parser.parseModule(SourceFile(path: "t", text: text))
        #expect(problems.isEmpty)
        #expect(module.package.path.terms.map(\.stringOrVarName) == ["data", "a", "b", "c d", "if"])
        #expect(module.imports.map(\.name) == ["x", "w", "input", "d", "v1"])
    }

    @Test func reportsMistakes() {
        expectProblems("①", [.init("①", "empty module")])
        expectProblems("①x := 1\n", [.init("①", "package expected")])
        expectProblems("package foo.①", [.init("①", "unexpected eof token: expected identifier")])
        expectProblems("package a[①b]\n", [.init("①", "unexpected var token: expecting string")])
        expectProblems("package p\n①package q\n", [.init("①", "unexpected package")])
        expectProblems(
            "package p\nimport ①foo.bar\n",
            [.init("①", "unexpected import path, must begin with one of: {data, future, input, rego}, got: foo")])
        expectProblems(
            "package p\nimport data.①if\n", [.init("①", "unexpected import path, must not end with a keyword, got: if")])
        expectProblems("package p\nimport data.if as x\n")
        expectProblems("package p\nimport data.if\n", version: .v0)
        expectProblems("package p\nimport data.x as ①if\n", [.init("①", "unexpected if keyword: expected var")])
        expectProblems("package p\nimport ①rego.v3\n", [.init("①", "invalid import `rego.v3`, must be `rego.v1` or `rego.v2`")])
        expectProblems("package p\nimport ①future.x\n", [.init("①", "invalid import, must be `future.keywords`")])
        expectProblems(
            "package p\nimport ①future.keywords.foo\n",
            [.init("①", "unexpected keyword, must be one of [and contains every if in not or]")])
        expectProblems("package p\nimport ①future.keywords.in as x\n", [.init("①", "`future` imports cannot be aliased")])
    }

    @Test func obeysCapabilities() {
        var options = ParserOptions()
        options.futureKeywords = []
        options.allowsTemplateStrings = false
        options.allowsKeywordsInRefs = false
        let text = "package p\nimport future.keywords.or\nx := $\"a\"\ny := z.if\n"
        let (_, problems) = Parser.parseModule(SourceFile(path: "t", text: text), options: options)
        #expect(
            problems.map(\.message) == [
                "unexpected keyword, must be one of [contains every if in]",
                "template strings are not supported by current capabilities",
                "unexpected if keyword: expected identifier",
            ])
    }

    @Test func enablesKeywordsWithoutImports() {
        var options = ParserOptions()
        options.enabledKeywords = ["or", "not", "every"]
        let body = Parser.parseBody(
            SourceFile(path: "t", text: "not { a or b }; every x in y { x }"), version: .v0, options: options)
        #expect(body.1.isEmpty)
        #expect(body.0.exprs.count == 2)
    }

    @Test func findsAnnotationBlocks() {
        let text = """
            # METADATA
            # title: The package
            # custom:
            #   a: 1
            package p

            # METADATA
            # scope: document

            # not part of it
            # METADATA
            # title: A rule
            allow := true

            x := 1 # METADATA
            """
        let (module, _) = Parser.parseModule(SourceFile(path: "t", text: text))
        #expect(module.annotations.map(\.target) == [.package, .rule(0), .rule(0), .none])
        #expect(module.annotations[0].source(in: module) == "title: The package\ncustom:\n  a: 1\n")
        #expect(module.annotations[2].source(in: module) == "title: A rule\n")
        #expect(module.range(of: module.annotations[0].lines(in: module)[2]).position == Position(line: 4, column: 3))
    }

    @Test(arguments: [
        ("package p\nx := \"\u{0}\"", "illegal null character"), ("package p\n# \u{FEFF}", "illegal byte-order mark"),
    ])
    func refusesStrangeBytes(text: String, message: String) {
        let (_, problems) = Parser.parseModule(SourceFile(path: "t", text: text))
        #expect(problems.contains { $0.message == message })
    }

    @Test func acceptsAByteOrderMarkAtTheStartAndRefusesMalformedText() {
        #expect(Parser.parseModule(SourceFile(path: "t", text: "\u{FEFF}package p")).1.isEmpty)
        let bytes = Array("package p\nx := \"".utf8) + [0xC3, 0x28] + Array("\"".utf8)
        #expect(Parser.parseModule(SourceFile(path: "t", bytes: bytes)).1.map(\.message) == ["illegal utf-8 character"])
    }
}
