extension TemplateSet {
    /// Adds the templates of a text: the text itself under its source's name, and those it defines. A later definition
    /// takes the place of an earlier one unless it is empty.
    package mutating func parse(_ source: TemplateSource) throws(TemplateProblem) {
        var parser = TemplateParser(source, self)
        for body in try parser.parse() {
            if let known = bodies[body.name], !known.isEmpty, body.isEmpty { continue }
            bodies[body.name] = body
        }
    }
}
