# shellcheck shell=bash
# The week in which the demo's help desk moved to plazo: who did what, and when. Sourced by samples/demo.sh, which says
# what `on`, `tick` and `plazo` are. Tickets 1 to 48 came with the imports; those opened here are 49 and on.

on 2026-10-26
tick 08:30
at 09:05 ana ticket reply 35 --waiting-on provider --plazo 5d --text "Timbrado Anáhuac regenera el certificado y pide cinco días."
at 09:20 rocio ticket assign 48 bety
at 09:30 rocio task add --title "Renovar el certificado del ambiente de pruebas" --technician ana --plazo 2d
at 09:32 rocio task add --title "Documentar el alta de operadores" --technician bety --plazo 3d
at 09:35 rocio task add --title "Inventariar las impresoras de tickets" --technician luis --plazo 3d
at 09:40 carmen ticket open --product Inventarios --title "La receta sale sin la cédula del médico" --text "Desde el viernes, en los tres consultorios."
at 09:45 rocio ticket assign 49 luis --responsible
at 10:15 luis ticket open --client "Ferretería El Yunque" --product "Punto de venta" --provider "Redes del Valle" --priority alta --assign luis --title "Terminal bancaria sin señal" --text "No cobra con tarjeta la sucursal Norte."
at 10:40 luis ticket reply 50 --waiting-on provider --external RV-803 --text "Redes del Valle cambia el módem hoy."
tick 12:30
at 13:20 luis ticket reply 50 --close --text "Cobra de nuevo; probamos tres ventas."
at 13:30 luis activity log --start 2026-10-26T10:15 --time 1h30 --ticket 50 --text "Terminal bancaria, con el proveedor al teléfono"
at 17:00 ana ticket reply 45 --text "Insistimos con Timbrado Anáhuac."
at 18:40 ana activity log --start 2026-10-26T16:00 --time 2h15 --ticket 35 --text "Certificado nuevo: pruebas con el proveedor"
at 18:50 bety activity log --time 6h30 --client "Despacho Arce y Muñoz" --text "Finiquitos y prima vacacional"
tick 19:00

on 2026-10-27
tick 08:30
at 09:15 rocio task add --title "Respaldar el servidor de la Clínica antes del puente" --technician luis --plazo 3d
at 10:30 bety ticket open --client "Despacho Arce y Muñoz" --product Nómina --assign bety --title "Prima vacacional sin parte exenta" --text "Tres recibos de octubre."
at 11:10 tono ticket open --product Inventarios --title "Los precios de mayoreo no se actualizan" --text "Subimos la lista y sigue la anterior."
at 11:20 rocio ticket assign 52 luis --responsible
tick 12:30
at 13:00 ines ticket vobo 34 granted
at 13:40 bety task close 2
at 16:40 carmen ticket vobo 43 refused --reason "Por las tardes sigue lenta."
at 18:30 luis activity log --start 2026-10-27T12:00 --time 1h45 --ticket 49 --text "Plantilla de recetas"
at 18:35 ana activity log --start 2026-10-27T09:30 --time 3h --ticket 45 --text "Carta porte con remolque"
at 18:50 bety activity log --time 7h --client "Despacho Arce y Muñoz" --text "Prima vacacional"
tick 19:00

on 2026-10-28
tick 08:30
at 09:15 luis ticket reply 43 --plazo 3d --text "Falta un índice en las ventas de farmacia; lo probamos con copia."
at 09:50 luis ticket reply 47 --close --text "La promoción tenía dos reglas iguales."
at 10:00 luis ticket reply 52 --waiting-on client --text "¿Nos mandan la lista que subieron?"
at 10:05 rocio task vobo 2 granted
at 11:00 ana task close 1
at 11:25 ana ticket open --client "Transportes Quetzalín" --product Facturación --assign ana --title "Remitente duplicado en la carta porte" --text "Pasa con dos orígenes."
tick 12:30
at 16:20 bety ticket open --client "Panificadora Tres Trigos" --product "Punto de venta" --priority baja --assign bety --title "La báscula no manda el peso" --text "Hay que teclearlo."
at 17:10 luis task close 3
at 18:40 luis activity log --start 2026-10-28T16:00 --time 2h --ticket 43 --text "Índice en copia de la base"
at 18:50 bety activity log --time 7h30 --text "Guía de operadores, báscula, nómina"
tick 19:00

on 2026-10-29
tick 08:30
at 09:30 rocio task vobo 3 refused --reason "Faltan las dos de la Panificadora."
at 10:05 rocio ticket open --client "Clínica Los Fresnos" --product Inventarios --priority alta --responsible ana --assign ana --title "No imprime recetas ningún consultorio" --text "Llamó Carmen Duarte: cola de impresión llena."
at 10:20 rocio task add --title "Llamar a los clientes con certificado por vencer" --technician bety --due 2026-10-30T18:00
at 12:00 bety ticket reply 48 --close --text "Corregido el aguinaldo del finiquito."
tick 12:30
at 16:30 rocio ticket vobo 48 refused --reason "El despacho dice que sigue negativo en la copia."
at 17:50 luis ticket open --client "Ferretería El Yunque" --product "Punto de venta" --priority alta --assign luis --title "La caja 1 no abre el turno" --text "Error al leer el último corte."
at 18:45 ana activity log --start 2026-10-29T10:10 --time 3h20 --ticket 55 --text "Cola de impresión de la Clínica"
at 18:50 bety activity log --time 6h --text "Finiquitos"
tick 19:00

on 2026-10-30
tick 08:30
at 09:10 ana ticket open --client "Transportes Quetzalín" --product Facturación --provider "Timbrado Anáhuac" --priority alta --assign ana --title "No timbra ninguna factura" --text "Error 500 desde las nueve."
at 09:40 ines ticket open --product Inventarios --title "Las boletas salen con el ciclo anterior" --text "Secundaria, grupos A y B."
at 11:00 ana ticket reply 57 --waiting-on provider --external T-20702 --text "Timbrado Anáhuac reporta una falla general."
at 12:05 carmen ticket vobo 31 granted
at 12:10 luis activity log --start 2026-10-30T09:05 --time 2h --ticket 56 --text "Reparación del corte de la caja 1"
tick 12:30
