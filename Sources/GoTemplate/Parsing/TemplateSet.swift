/// Named templates that may call each other, and the functions they may call. A copy is cheap and independent.
package struct TemplateSet {
    package private(set) var bodies: [String: TemplateBody] = [:]
    package let functions: [String: TemplateFunction]
    /// Whether constants remember where they stand.
    package var keepsOrigins = false
    /// Blocks, pipelines and parentheses inside each other; more need a larger stack.
    package var maximumNesting = 100

    package init(functions: [String: TemplateFunction]) { self.functions = functions }

    /// Adds the templates of a text: the text itself under its source's name, and those it defines. A later definition
    /// takes the place of an earlier one unless it is empty.
    package mutating func parse(_ source: TemplateSource) throws(TemplateProblem) {
        var parser = TemplateParser(source, self)
        for body in try parser.parse() {
            if let known = bodies[body.name], !known.isEmpty, body.isEmpty { continue }
            bodies[body.name] = body
        }
    }

    package subscript(name: String) -> TemplateBody? { bodies[name] }
}
