//! The one profile of the script engine: a raw engine, packages without files, clock or output, and every limit
//! written down, so that debug and release builds agree.

use std::any::TypeId;

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicStringPackage, LogicPackage, Package,
};
use rhai::{
    Array, Dynamic, Engine, EvalAltResult, ImmutableString, NativeCallContext, OptimizationLevel, Position,
};

use super::{turn, verbs};
use crate::native::{Native, Registry, Type};
use crate::rule::{NOTE, Reached};
use crate::value::{Date, Decimal, Value};

/// How many steps one evaluation may take. A rule over a province's ledgers touches each record a few dozen times.
const MAX_OPERATIONS: u64 = 50_000_000;
/// How long a text may grow, in bytes.
const MAX_STRING: usize = 1_000_000;
/// How many items a list may have.
const MAX_ARRAY: usize = 1_000_000;
/// How many variables a script may have.
const MAX_VARIABLES: usize = 256;
/// How deep calls may nest: closures within table verbs within closures.
const MAX_CALL_LEVELS: usize = 16;
/// How deep expressions may nest, outside and inside closures.
const MAX_EXPRESSION_DEPTHS: (usize, usize) = (64, 64);

/// The engine for these native functions. One is built for a rulebook and shared by all threads.
pub(crate) fn build(natives: &Registry, reached: &Reached) -> Engine {
    let mut engine = Engine::new_raw();
    ArithmeticPackage::new().register_into_engine(&mut engine);
    LogicPackage::new().register_into_engine(&mut engine);
    BasicStringPackage::new().register_into_engine(&mut engine);
    BasicIteratorPackage::new().register_into_engine(&mut engine);
    BasicArrayPackage::new().register_into_engine(&mut engine);
    engine
        .set_max_operations(MAX_OPERATIONS)
        .set_max_string_size(MAX_STRING)
        .set_max_array_size(MAX_ARRAY)
        .set_max_variables(MAX_VARIABLES)
        .set_max_call_levels(MAX_CALL_LEVELS)
        .set_max_expr_depths(MAX_EXPRESSION_DEPTHS.0, MAX_EXPRESSION_DEPTHS.1)
        .set_max_modules(0)
        .set_optimization_level(OptimizationLevel::None)
        .set_fail_on_invalid_map_property(true);
    for word in ["eval", "import", "export", "print", "debug", "Fn", "call", "this"] {
        engine.disable_symbol(word);
    }
    #[allow(deprecated)] // "not deprecated, but volatile", says Rhai; the version is pinned.
    engine.on_var(|name, _, _| turn::resolve(name));
    engine.on_progress(|_| (!turn::step(MAX_OPERATIONS)).then_some(Dynamic::UNIT));
    verbs::register(&mut engine);
    let reached = reached.clone();
    engine.register_fn(NOTE, move |point: i64| reached.note(usize::try_from(point).unwrap_or(usize::MAX)));
    for native in natives.iter() {
        for name in [native.name, native.name_zh] {
            bind(&mut engine, name, *native);
        }
    }
    engine
}

/// Whether a word is neither a keyword nor reserved in scripts, so that something may be named by it.
pub(crate) fn is_free_word(word: &str) -> bool {
    Engine::new_raw().compile_expression(word).is_ok()
}

/// Binds a native function under one of its names, once for each combination of number types it accepts.
fn bind(engine: &mut Engine, name: &str, native: Native) {
    let mut signatures: Vec<Vec<TypeId>> = vec![Vec::new()];
    for param in native.params {
        let types = type_ids(param.ty);
        signatures = signatures
            .into_iter()
            .flat_map(|signature| {
                types.iter().map(move |ty| {
                    let mut longer = signature.clone();
                    longer.push(*ty);
                    longer
                })
            })
            .collect();
    }
    for signature in signatures {
        engine.register_raw_fn(
            name,
            signature,
            move |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
                let values: Vec<Value> = args.iter().filter_map(|arg| turn::value(arg)).collect();
                let world = turn::with(|turn| Ok(std::sync::Arc::clone(&turn.world)))?;
                match (native.run)(&world.context(), &values) {
                    Ok(Some(value)) => Ok(turn::dynamic(&value, super::handles::Owner::Header(usize::MAX))),
                    Ok(None) => Ok(Dynamic::UNIT),
                    Err(error) => {
                        Err(EvalAltResult::ErrorRuntime(Dynamic::from(error.0), Position::NONE).into())
                    }
                }
            },
        );
    }
}

fn type_ids(ty: Type) -> Vec<TypeId> {
    match ty {
        Type::Text => vec![TypeId::of::<ImmutableString>()],
        Type::Integer => vec![TypeId::of::<i64>()],
        Type::Decimal => vec![TypeId::of::<Decimal>()],
        Type::Number => vec![TypeId::of::<i64>(), TypeId::of::<Decimal>()],
        Type::Date => vec![TypeId::of::<Date>()],
        Type::Boolean => vec![TypeId::of::<bool>()],
        Type::TextList | Type::IntegerList | Type::DecimalList | Type::AnyList => {
            vec![TypeId::of::<Array>()]
        }
    }
}
