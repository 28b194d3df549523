import Text

extension TemplateSet {
    /// Adds the templates of a text: the text itself under its source's name, and those it defines. A later definition
    /// takes the place of an earlier one unless it is empty.
    package mutating func parse(_ source: TemplateSource) throws(TemplateProblem) {
        for body in try templates(of: source) {
            let name = ExactText(body.name)
            if let known = bodies[name], !known.isEmpty, body.isEmpty { continue }
            bodies[name] = body
        }
    }

    /// The templates of a text, the one of the whole last.
    package func templates(of source: TemplateSource) throws(TemplateProblem) -> [TemplateBody] {
        var parser = TemplateParser(source, self)
        return try parser.parse()
    }

    /// The set with the templates of a further text.
    package func adding(_ templates: [TemplateBody]) -> TemplateSet {
        var copy = self
        for body in templates {
            if let known = self[body.name], !known.isEmpty, body.isEmpty { continue }
            copy.added[ExactText(body.name)] = body
        }
        return copy
    }
}
