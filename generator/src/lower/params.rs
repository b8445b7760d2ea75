//! Parameters.

use openapiv3 as oas;

use crate::diagnostic::Code;
use crate::ir;
use crate::load::At;
use crate::lower::Lowerer;
use crate::lower::bodies::Media;
use crate::lower::operations::sent_path;
use crate::lower::parts::Part;
use crate::lower::uses::not_null;
use crate::naming::{self, Scope};
use crate::pointer::Pointer;
use crate::resolve;

/// Headers that the run time sets; a parameter of this name has no effect, as OpenAPI says.
const OWN_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

impl<'a> Lowerer<'a> {
    /// The parameters: those of the path in its order, then the others in theirs.
    pub(super) fn lower_params(&mut self, operation: &'a resolve::Operation, operation_name: &str) -> Vec<ir::Param> {
        let mut scope = Scope::default();
        let variables = variables(sent_path(&operation.path));
        let mut params = Vec::new();
        for variable in &variables {
            let declared = operation
                .parameters
                .iter()
                .find(|parameter| matches!(parameter.node, oas::Parameter::Path { .. }) && name(parameter) == variable);
            params.push(match declared {
                Some(parameter) => self.lower_param(parameter, operation_name, &mut scope),
                None => self.undeclared(variable, &operation.at, &mut scope),
            });
        }
        for parameter in &operation.parameters {
            match &parameter.node {
                oas::Parameter::Path { .. } if variables.iter().any(|variable| variable == name(parameter)) => {}
                oas::Parameter::Path { .. } => {
                    let message =
                        format!("the path has no variable `{{{}}}`; the parameter is left out", name(parameter));
                    self.report(&parameter.at, Code::Unsupported(message));
                }
                oas::Parameter::Header { .. } if OWN_HEADERS.contains(&name(parameter).to_lowercase().as_str()) => {
                    let message =
                        format!("the client itself sets the header `{}`; the parameter is left out", name(parameter));
                    self.report(&parameter.at, Code::Unsupported(message));
                }
                oas::Parameter::Query { .. } | oas::Parameter::Header { .. } | oas::Parameter::Cookie { .. } => {
                    params.push(self.lower_param(parameter, operation_name, &mut scope));
                }
            }
        }
        params
    }

    fn lower_param(&mut self, parameter: &'a At<oas::Parameter>, operation: &str, scope: &mut Scope) -> ir::Param {
        let At { at, node } = parameter;
        let oas::ParameterData {
            name: wire,
            description,
            required,
            deprecated,
            format,
            example,
            examples: _,
            explode,
            extensions,
        } = node.parameter_data_ref();
        let (part, mut encoding) = self.param_schema(at, format);
        if encoding == ir::Encoding::Style && allows_reserved(node) {
            encoding = ir::Encoding::Reserved;
        }
        let parts: Vec<Part<'a>> = part.into_iter().collect();
        let claim = scope.claim_parameter(&self.overrides.rename(at).unwrap_or_else(|| wire.clone()));
        let name = self.granted(at, claim);
        let ty = match parts.as_slice() {
            [] => ir::TypeRef::Scalar(ir::Scalar::String),
            parts => not_null(self.lower_use(parts, &self.param_type_name(at, operation, wire))),
        };
        let schema_docs = self.docs(&parts);
        let docs = ir::Docs {
            description: description.clone().or(schema_docs.description),
            deprecated: deprecated.unwrap_or_default() || schema_docs.deprecated,
            example: example.clone().or(schema_docs.example),
            facts: self.overrides.facts(extensions.iter()),
            ..schema_docs
        };
        let is_path = matches!(node, oas::Parameter::Path { .. });
        let need = if *required || is_path { ir::Need::Required } else { ir::Need::Optional };
        ir::Param {
            name,
            wire: wire.clone(),
            origin: at.clone(),
            docs,
            place: place(node, *explode),
            encoding,
            ty,
            need,
        }
    }

    /// The schema of a parameter's value, and how it is written.
    fn param_schema(
        &mut self,
        at: &Pointer,
        format: &'a oas::ParameterSchemaOrContent,
    ) -> (Option<Part<'a>>, ir::Encoding) {
        let content = match format {
            oas::ParameterSchemaOrContent::Schema(schema) => {
                return (Some(Part::new(at.join("schema"), schema)), ir::Encoding::Style);
            }
            oas::ParameterSchemaOrContent::Content(content) => content,
        };
        let json = content.iter().find(|(media_type, _)| Media::of(media_type) == Media::Json);
        if let Some((media_type, oas::MediaType { schema: Some(schema), .. })) = json {
            let at = at.join_all(&["content", media_type, "schema"]);
            return (Some(Part::new(at, schema)), ir::Encoding::Json);
        }
        let message = "the caller gives the text of a parameter whose media type is not JSON".to_owned();
        self.report(&at.join("content"), Code::Unsupported(message));
        (None, ir::Encoding::Style)
    }

    /// The name of the type of an inline schema: a parameter that is a component has one for all operations.
    fn param_type_name(&self, at: &Pointer, operation: &str, wire: &str) -> String {
        if at.as_str().starts_with("#/components/parameters/") {
            naming::suffix(&self.overrides.stripped(&at.last()))
        } else {
            format!("{operation}{}", naming::suffix(wire))
        }
    }

    fn undeclared(&mut self, variable: &str, at: &Pointer, scope: &mut Scope) -> ir::Param {
        self.report(at, Code::UndeclaredParameter(variable.to_owned()));
        ir::Param {
            name: scope.claim_parameter(variable).name,
            wire: variable.to_owned(),
            origin: at.clone(),
            docs: ir::Docs::default(),
            place: ir::Place::Path(ir::PathStyle::Simple),
            encoding: ir::Encoding::Style,
            ty: ir::TypeRef::Scalar(ir::Scalar::String),
            need: ir::Need::Required,
        }
    }
}

fn name(parameter: &At<oas::Parameter>) -> &str {
    &parameter.node.parameter_data_ref().name
}

/// The distinct variables of a path template, in order.
fn variables(path: &str) -> Vec<String> {
    let mut variables: Vec<String> = Vec::new();
    for part in path.split('{').skip(1) {
        if let Some((variable, _)) = part.split_once('}')
            && !variables.iter().any(|other| other == variable)
        {
            variables.push(variable.to_owned());
        }
    }
    variables
}

fn allows_reserved(parameter: &oas::Parameter) -> bool {
    matches!(parameter, oas::Parameter::Query { allow_reserved: true, .. })
}

fn place(parameter: &oas::Parameter, explode: Option<bool>) -> ir::Place {
    let is_exploded = explode.unwrap_or_default();
    match parameter {
        oas::Parameter::Query { style, parameter_data: _, allow_reserved: _, allow_empty_value: _ } => {
            ir::Place::Query(match style {
                oas::QueryStyle::Form if explode.unwrap_or(true) => ir::QueryStyle::FormExplode,
                oas::QueryStyle::Form => ir::QueryStyle::Form,
                oas::QueryStyle::SpaceDelimited | oas::QueryStyle::PipeDelimited if is_exploded => {
                    ir::QueryStyle::FormExplode
                }
                oas::QueryStyle::SpaceDelimited => ir::QueryStyle::SpaceDelimited,
                oas::QueryStyle::PipeDelimited => ir::QueryStyle::PipeDelimited,
                oas::QueryStyle::DeepObject => ir::QueryStyle::DeepObject,
            })
        }
        oas::Parameter::Header { style: oas::HeaderStyle::Simple, parameter_data: _ } => {
            ir::Place::Header(if is_exploded { ir::HeaderStyle::SimpleExplode } else { ir::HeaderStyle::Simple })
        }
        oas::Parameter::Path { style, parameter_data: _ } => ir::Place::Path(match (style, is_exploded) {
            (oas::PathStyle::Simple, false) => ir::PathStyle::Simple,
            (oas::PathStyle::Simple, true) => ir::PathStyle::SimpleExplode,
            (oas::PathStyle::Label, false) => ir::PathStyle::Label,
            (oas::PathStyle::Label, true) => ir::PathStyle::LabelExplode,
            (oas::PathStyle::Matrix, false) => ir::PathStyle::Matrix,
            (oas::PathStyle::Matrix, true) => ir::PathStyle::MatrixExplode,
        }),
        oas::Parameter::Cookie { style: oas::CookieStyle::Form, parameter_data: _ } => ir::Place::Cookie,
    }
}
