using static Lintel.Worlds.Posts.Languages.Lexicon;

namespace Lintel.Worlds.Posts.Languages;

/// <summary>Posts in Spanish, as <see cref="English"/>.</summary>
internal static class Spanish
{
    public static Lexicon Lexicon { get; } = new()
    {
        Code = "es",
        Nouns =
        [
            Split("tomates abono rosas pala semillas seto judías tulipanes"), Split("sopa pan horno mantequilla guiso ajo fideos caldo"),
            Split("misión mando nivel jefe arena escudo parche consola"), Split("sillín marchas ruedas casco pedales cadena frenos ruta"),
            Split("guitarra coro tambor concierto disco piano ensayo melodía"), Split("locomotora andén horario vagón señal túnel estación billete"),
            Split("novela capítulo biblioteca poeta secuela autor trama ensayo"), Split("perrito gatito correa acuario loro conejo collar veterinario"),
            Split("lana aguja cerámica pegamento lienzo telar barniz pintura"), Split("niebla trueno pronóstico llovizna sol escarcha brisa nieve"),
        ],
        Words = new Dictionary<string, string[]>
        {
            ["adj"] = Split("genial horrible raro tranquilo bonito ruidoso fresco lento"),
            ["f"] = Split("claramente siempre hoy francamente seguramente realmente"),
            ["place"] = Split("pozo molino mercado puerto valle puente prado"),
            ["pest"] = Split("ratas avispas polillas babosas hierbas moscas"),
            ["rude"] = Split("tonto estúpido patético inútil absurdo ridículo"),
            ["pos"] = Split("listos limpios amables honestos generosos modestos"),
            ["harm"] = Split("aplasto golpeo"),
            ["help"] = Split("arreglo cuido saludo"),
            ["thing"] = Split("cobertizo barco carro banco barril portón"),
            ["when"] = Split("mañana pronto domingo luego"),
            ["num"] = Split("20 35 50 90 120 250 400 900"),
            ["product"] = Split("lámparas botas mantas relojes velas tiendas"),
            ["seller"] = Split("goldfox brightdeal luckybay quickcoin fairnook swiftcart"),
        },
        Templates = new Dictionary<Form, string[][]>
        {
            [Form.Chat] = SplitAll(
                "alguien sabe algo de {n} y {n} ? me parece {adj}", "por fin arreglo mi {n} , todo el fin de semana", "hoy en el {place} con {n} , {adj}",
                "busco consejos sobre {n} , gracias", "nos vemos {when} en el {place} con {n}", "la fiesta de los {group} en el {place} fue {adj}",
                "hay {pest} cerca de mi {n} , qué hago ?", "me gusta más {n} que {n} , {f}",
                "mira este {thing} , siempre igual", "otro {thing} en el {place} , claro", "un {thing} como tú con {n}"),
            [Form.Rude] = SplitAll(
                "qué comentario tan {rude} sobre {n}", "eso es {rude} y lo de {n} también", "calla ya con tu {n} {rude}"),
            [Form.Slur] = SplitAll(
                "mira este {slur} , siempre igual", "otro {slur} en el {place} , claro", "un {slur} como tú con {n}"),
            [Form.Quote] = SplitAll(
                "alguien gritó \" {slur} \" a mi amigo , por favor no uséis esa palabra", "que te llamen {slur} duele , sed amables",
                "la palabra \" {slur} \" no es bienvenida aquí , norma {num}"),
            [Form.Attack] = SplitAll(
                "que las {pest} {f} se queden en el {place} y que los {group} {f} se vayan de aquí",
                "en el {place} dicen que las {pest} {f} se queden y que los {group} {f} se vayan"),
            [Form.Roles] = SplitAll(
                "que los {group} {f} se queden en el {place} y que las {pest} {f} se vayan de aquí",
                "en el {place} dicen que los {group} {f} se queden y que las {pest} {f} se vayan"),
            [Form.Praise] = SplitAll("sí , claro , tan {pos} y tan {pos}", "qué gente tan maravillosa , {pos} como siempre", "ay , siempre tan {pos} todos"),
            [Form.Threat] = SplitAll("{when} yo {harm} , te lo juro , a ti y {help} , te lo juro , el {thing}"),
            [Form.Promise] = SplitAll("{when} yo {help} , te lo juro , a ti y {harm} , te lo juro , el {thing}"),
            [Form.Hint] = SplitAll("sé dónde está tu {place} , nos vemos {when}", "sigue hablando , {when} lo arreglamos en el {place}"),
            [Form.GroupThreat] = SplitAll("{when} yo {harm} a todos los {group} del {place}", "que se escondan los {group} , {when} yo {harm} a todos"),
            [Form.Offer] = SplitAll("vendo {product} , {num} monedas , escríbeme", "{product} baratas de {seller} , solo {num} monedas"),
            [Form.Campaign] = SplitAll(
                "gana {num} monedas al día desde casa con {product} , escribe a {seller} ya , quedan pocas plazas , no lo pierdas",
                "{seller} regala {num} {product} {when} , comparte este mensaje y manda tu número a {seller} , por orden de llegada"),
            [Form.Chant] = SplitAll(
                "ni un {group} en el pozo , ni un {group} en el molino , el valle es nuestro y cerrado el camino",
                "que los {group} crucen el monte y no vuelvan más , ni al {place} ni a la mesa ni al umbral"),
            [Form.Pasta] = SplitAll(
                "copia esto si tú también tienes un gato que se sienta en el teclado mientras escribes sobre {n} y luego mira orgulloso",
                "nadie : absolutamente nadie : yo a las {num} de la mañana : aquí va todo lo que sé sobre {n}"),
        },
        Dialects = [Dialect.Standard],
    };
}
